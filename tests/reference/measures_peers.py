"""Write the peers' answers that the measures are tested against.

Run in an environment of its own (the peers are not needed to test bolang):
``pip install ecomplexity econcomplex esda libpysal inequality scikit-criteria pymcdm pymrio statsmodels`` and then
``python tests/reference/measures_peers.py``. Reads measures_inputs.json, writes measures_peers.json with the versions.
"""

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import econcomplex
import esda
import inequality
import libpysal
import numpy as np
import pandas as pd
import pymcdm
import pymrio
import skcriteria.preprocessing.weighters as skweights
import statsmodels.api as sm
from ecomplexity import ecomplexity
from skcriteria import mkdm
from skcriteria.agg.topsis import TOPSIS
from statsmodels.stats.proportion import proportion_confint

warnings.simplefilter("ignore")
HERE = Path(__file__).parent
PEERS = [
    "ecomplexity",
    "econcomplex",
    "esda",
    "libpysal",
    "inequality",
    "scikit-criteria",
    "pymcdm",
    "pymrio",
    "statsmodels",
]


def complexity(e: np.ndarray) -> dict:
    n, k = e.shape
    long = pd.DataFrame(
        {
            "year": 2020,
            "place": np.repeat([f"{i:03d}" for i in range(n)], k),
            "industry": np.tile([f"{j:02d}" for j in range(k)], n),
            "value": e.ravel(),
        }
    )
    names = {"time": "year", "loc": "place", "prod": "industry", "val": "value"}
    out = ecomplexity(long, names, verbose=False).sort_values(["place", "industry"])
    grid = {name: out[name].to_numpy().reshape(n, k) for name in ("rca", "density", "cog", "eci", "pci", "coi")}
    eci, pci = econcomplex.eci_pci(e)
    return {
        "ecomplexity": {
            **{name: grid[name] for name in ("rca", "density", "cog")},
            "eci": grid["eci"][:, 0],
            "coi": grid["coi"][:, 0],
            "pci": grid["pci"][0],
        },
        "econcomplex": {"eci": np.asarray(eci), "pci": np.asarray(pci)},
    }


def concentration(e: np.ndarray) -> dict:
    total = e.sum(axis=1)
    return {
        "location_quotient": econcomplex.location_quotient(e),
        "herfindahl": econcomplex.herfindahl(e, normalize=False),
        "hoover_gini": econcomplex.hoover_gini(e, pop=total),
        "locational_gini": econcomplex.locational_gini(e),
        "hoover_index": econcomplex.hoover_index(e, pop=total),
        "krugman_index": econcomplex.krugman_index(e),
    }


def spatial(e: np.ndarray, pairs: np.ndarray) -> dict:
    n = len(e)
    neighbours = {i: sorted(pairs[pairs[:, 0] == i, 1].tolist()) for i in range(n)}
    keep = [i for i in range(n) if neighbours[i]]
    new = {old: i for i, old in enumerate(keep)}
    w = libpysal.weights.W({new[i]: [new[j] for j in neighbours[i]] for i in keep}, silence_warnings=True)
    w.transform = "r"
    share = (e / e.sum(axis=1, keepdims=True))[keep]
    result = {}
    for j in (0, 2, 5):
        moran = esda.Moran(share[:, j], w, permutations=0)
        local = esda.Moran_Local(share[:, j], w, permutations=99999, seed=1, n_jobs=1)
        result[str(j)] = {
            "I": moran.I,
            "EI": moran.EI,
            "VI_norm": moran.VI_norm,
            "VI_rand": moran.VI_rand,
            "p_norm": moran.p_norm,
            "p_rand": moran.p_rand,
            "Is": local.Is,
            "q": local.q,
            "p_sim": local.p_sim,
            "VIc": local.VIc,
            "fdr_0.05": esda.fdr(local.p_sim, 0.05),
        }
    return {"units": keep, "variables": result}


def inequality_measures(e: np.ndarray, groups: np.ndarray) -> dict:
    total = e.sum(axis=1)
    split = inequality.theil.TheilD(total, groups)
    return {
        "gini": inequality.gini.Gini(total).g,
        "theil": inequality.theil.Theil(total).T,
        "between": float(split.bg[0]),
        "within": float(split.wg[0]),
    }


def composite(x: np.ndarray) -> dict:
    w = np.array([0.4, 0.3, 0.2, 0.1])
    costs = np.array([False, False, True, False])
    decision = mkdm(x * 1.0, np.where(costs, -1, 1), weights=w)
    normed = x / np.sqrt((x**2).sum(axis=0))
    return {
        "weights": w,
        "costs": costs.tolist(),
        "entropy_skcriteria": skweights.EntropyWeighter().transform(mkdm(x, np.ones(4))).weights,
        "entropy_pymcdm": pymcdm.weights.entropy_weights(x),
        "critic_skcriteria": skweights.CRITIC().transform(decision).weights,
        "topsis_skcriteria": TOPSIS().evaluate(mkdm(normed, np.where(costs, -1, 1), weights=w)).e_.similarity,
        "topsis_pymcdm": pymcdm.methods.TOPSIS(pymcdm.normalizations.vector_normalization)(
            x[:, ~costs], w[~costs] / w[~costs].sum(), np.ones(3)
        ),
    }


def input_output(z: np.ndarray, final: np.ndarray) -> dict:
    flows, x = pd.DataFrame(z), pd.DataFrame({"x": z.sum(axis=1) + final})
    a = pymrio.calc_A(flows, x)
    leontief = pymrio.calc_L(a)
    return {
        "flows": z,
        "output": x["x"].to_numpy(),
        "A": a.to_numpy(),
        "L": leontief.to_numpy(),
        "B": pymrio.tools.iomath.calc_B(flows, x).to_numpy(),
        "G": pymrio.tools.iomath.calc_G(pymrio.tools.iomath.calc_B(flows, x), L=leontief, x=x).to_numpy(),
    }


def convergence(start: np.ndarray, end: np.ndarray) -> dict:
    y = np.log(end / start) / 10.0
    fit = sm.OLS(y, sm.add_constant(np.log(start))).fit(cov_type="HC1")
    return {"beta": fit.params[1], "standard_error": fit.bse[1], "p_value": fit.pvalues[1], "r_squared": fit.rsquared}


def main() -> None:
    data = json.loads((HERE / "measures_inputs.json").read_text(encoding="utf-8"))
    start, end = (np.array(data[f"employment_{year}"], dtype=float) for year in (2010, 2020))
    prefecture = np.array([code[:4] for code in data["codes"]])
    rng = np.random.default_rng(20201101)
    indicators = np.column_stack([end.sum(axis=1), end[:, 2] + 1, end[:, 0] + 1, end[:, 5] + 1])
    content = {
        "origin": "peer packages on the inputs of measures_inputs.json; made by measures_peers.py",
        "versions": {name: version(name) for name in PEERS},
        "complexity": complexity(end),
        "concentration": concentration(end),
        "spatial": spatial(end, np.array(data["neighbours"])),
        "inequality": inequality_measures(end, prefecture),
        "composite": composite(indicators),
        "input_output": input_output(rng.integers(0, 50, (6, 6)).astype(float), rng.integers(50, 200, 6).astype(float)),
        "convergence": convergence(start.sum(axis=1), end.sum(axis=1)),
        "wilson": [
            {"count": c, "size": n, "low": low, "high": high}
            for c, n in ((0, 7), (3, 40), (57, 200), (999, 1000))
            for low, high in [proportion_confint(c, n, method="wilson")]
        ],
    }
    text = json.dumps(content, default=lambda o: np.asarray(o).tolist(), ensure_ascii=False)
    (HERE / "measures_peers.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
