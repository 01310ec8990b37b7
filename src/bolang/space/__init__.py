"""Where counties are: networks, freight costs, gateways and market access."""

from bolang.space.edits import (
    AddLink,
    AvoidSuez,
    ChangeTariff,
    CloseGateway,
    CloseTerminal,
    OpenDryPort,
    OpenSeaRailTerminal,
    UpgradeLink,
)
from bolang.space.freight import FreightCosts, costs_of, freight_costs
from bolang.space.gateways import Gateway, find_gateway, gateways
from bolang.space.impact import CostChange, change_of_costs
from bolang.space.lines import RouteLine, route_lines
from bolang.space.position import Position, position
from bolang.space.route import Leg, Route
from bolang.space.routing import Routes, find_routes, routes_to_the_world
from bolang.space.spread import Spread, route_spreads
from bolang.space.system import Edit, TransportSystem
from bolang.space.tariff import Tariff
from bolang.space.travel import Isochrone, isochrone

__all__ = [
    "AddLink",
    "AvoidSuez",
    "ChangeTariff",
    "CloseGateway",
    "CloseTerminal",
    "CostChange",
    "Edit",
    "FreightCosts",
    "Gateway",
    "Isochrone",
    "Leg",
    "OpenDryPort",
    "OpenSeaRailTerminal",
    "Position",
    "Route",
    "RouteLine",
    "Routes",
    "Spread",
    "Tariff",
    "TransportSystem",
    "UpgradeLink",
    "change_of_costs",
    "costs_of",
    "find_gateway",
    "find_routes",
    "freight_costs",
    "gateways",
    "isochrone",
    "position",
    "route_lines",
    "route_spreads",
    "routes_to_the_world",
]
