"""``python -m pipeline --source FOLDER``: build every table, or the ones named."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from pipeline.build import TABLES, Build

STEPS: dict[str, str] = {
    "units": "pipeline.units:build_units",
    "shapes": "pipeline.shapes:build_shapes",
    "unit_codes": "pipeline.unit_codes:build_unit_codes",
    "continuity": "pipeline.continuity:build_continuity",
    "census": "pipeline.census:build_census",
    "input_output": "pipeline.input_output:build_input_output",
    "areas": "pipeline.areas:build_areas",
    "gdp": "pipeline.gdp:build_gdp",
    "gdp_estimate": "pipeline.gdp_estimate:build_estimates",
    "fiscal": "pipeline.fiscal:build_fiscal",
    "accounts": "pipeline.accounts:build_accounts",
    "public_debt": "pipeline.public_debt:build_public_debt",
    "city_accounts": "pipeline.city_accounts:build_city_accounts",
    "ledgers": "pipeline.ledgers:build_ledgers",
    "policies": "pipeline.policy_lists:build_policies",
    "products": "pipeline.county_products:build_products",
    "territory": "pipeline.territory:build_territory",
    "rail_openings": "pipeline.rail_openings:build_rail_openings",
    "standards": "pipeline.standards:build_standards",
    "network": "pipeline.network:build_network",
    "gateways": "pipeline.network_gateways:build_gateways",
    "sea_distances": "pipeline.network_sea:build_sea_distances",
    "markets": "pipeline.network_markets:build_markets",
    "abroad_distances": "pipeline.network_sea:build_rail_abroad",
    "access": "pipeline.access:build_access",
    # The catalogue describes what the steps above have written, so it comes last.
    "catalogue": "pipeline.catalogue_tables:build_catalogue",
}
"""Steps in the order of their needs, each ``module:function`` that takes a `Build`."""


def main() -> None:
    """Run the pipeline."""
    parser = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder of the source extracts")
    parser.add_argument("--out", type=Path, default=TABLES, help="folder that receives the tables")
    parser.add_argument("--only", nargs="*", choices=list(STEPS), help="run these steps only")
    arguments = parser.parse_args()
    build = Build(arguments.source, arguments.out)
    for name, target in STEPS.items():
        if arguments.only is None or name in arguments.only:
            build.say(f"{name}")
            module, function = target.split(":")
            getattr(importlib.import_module(module), function)(build)


if __name__ == "__main__":
    main()
