"""Sets of industries by what they mean: every page and every measure that speaks of one takes it from here.

Letters are sections of GB/T 4754. The sets of the equilibrium model, as positions on its axes, stand in
`bolang.economy.core.industries`.
"""

from __future__ import annotations

EXPORT_BASE = "BCFGIJLM"
"""Sold to other places, farming apart: the export base is measured on them, and a speciality is told of them first."""
SOLD_AT_HOME = "DEHKNR"
"""Mostly bought where they are made; a speciality in one of them is told as well."""
BETWEEN_NEIGHBOURS = "ABCFGILM"
"""What a neighbour can supply: farming too; not finance, whose branches are placed by its head offices."""
COUNTY_BASE = "ABCFGHILM"
"""What a county can live on, tourism included."""
CLUSTERED = "BCFGILM"
"""What gathers in clusters that neighbours can share."""
LINKS = "CFGILM"
"""Products that a missing link can be about: parts and services. Raw materials are where they are."""
GROWN = "AB"
"""Bound to soil and deposits: being related to them means nothing, only having them."""
FACTORY_SERVICES = "FGIJLM"
"""Trade, transport, information, finance, business and technical services: what factories buy."""
MARKET_AND_WORKSHOP = "CFG"
"""Factories, trade and transport: the size of the market-and-workshop economy."""
TOWN_SIGNALS = "CFGHRA"
"""What types of towns are read from, in the order of the columns of the drawn errors."""
MODERN_SERVICES = "IJLM"
"""Information, finance, business and technical services."""
CITY_SERVICES = "IJKLM"
"""The services of a city: modern ones and real estate."""
LIVED_FROM = "BCFGHIJKLMNR"
"""What a county may be said to live from: all but farming, supply, building, households' and public services."""
LEADING = "CDEFGHIJKLM"
"""Among which the leading industry of a county is looked for."""
