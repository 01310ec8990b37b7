"""``bolang show``: one county on a page."""

from __future__ import annotations

from bolang.cli.options import Benchmark, Full, LangOption, Name, Output, PeerGroup, To
from bolang.foundation.text import Lang, default_language, language, tr

HELP = tr(
    "显示一个县：判断、产品、主要经济财政指标、缺什么；--full 加诊断、增长、同市各县与对标县。例：bolang show 义乌市 --full",
    "Show a county: the judgement, its products, economy, budget and debt, what is missing; --full adds the diagnosis, growth, "
    "its prefecture and peers. Example: bolang show 义乌市 --full",
)


def command(
    name: Name,
    full: Full = False,
    peers: PeerGroup = "similar",
    benchmark: Benchmark = "330782",
    to: To = None,
    output: Output = None,
    lang: LangOption = None,
) -> None:
    """Show one county."""
    from bolang.atlas import own_atlas
    from bolang.cli.page import emit
    from bolang.diagnosis import diagnose
    from bolang.pages.show import show_page
    from bolang.pathway.shared import national

    chosen: Lang = language(lang) if lang else default_language()
    county = own_atlas().county(name)
    found = diagnose(county, peer_group=peers, benchmark=benchmark)
    assert county.atlas is not None
    emit(show_page(found, national(county.atlas).of(county), asked=name), chosen, to, output, full=full)
