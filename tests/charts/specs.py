"""Reading a chart's spec in tests."""

from typing import Any

import altair as alt


def spec_of(chart: alt.LayerChart) -> dict[str, Any]:
    """The chart's spec, checked against Vega-Lite's schema."""
    return chart.to_dict(validate=True)


def rows_of(spec: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The rows of that name, which one layer alone carries, or the chart where it has but one."""
    bearers = [one["data"] for one in (spec, *spec["layer"]) if "data" in one]
    carried = [data["values"] for data in bearers if data["name"] == name and "values" in data]
    assert len(carried) == 1
    rows: list[dict[str, Any]] = carried[0]
    return rows


def layers_of(spec: dict[str, Any], mark: str, name: str) -> list[dict[str, Any]]:
    """The layers that draw the rows of that name with that mark."""
    return [
        layer
        for layer in spec["layer"]
        if layer["mark"]["type"] == mark and layer["data"]["name"] == name
    ]
