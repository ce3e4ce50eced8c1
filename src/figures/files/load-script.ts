/** The Python program beside a figure's numbers. It is the same for every figure: `figure.json` says what is drawn. */
export const LOAD_SCRIPT = `"""Draws the figure again from figure.npz, which lies beside this file.

    python3 load.py [figure.pdf]

The arrays by themselves: numpy.load("figure.npz"); names are section/column, as in figure.csv.
"""
import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LogNorm, Normalize
from matplotlib.lines import Line2D

HERE = Path(__file__).resolve().parent
MARKERS = {"circle": "o", "rect": "s", "diamond": "D", "triangle": "^", "inverted": "v"}


def plain(text):
    """A dollar sign is a dollar sign: names are no mathematics for Matplotlib, which refuses what it cannot parse."""
    return text.replace("$", r"\\$")


def load():
    """The arrays of each section by column, and how they are drawn."""
    with np.load(HERE / "figure.npz") as data:
        plan = json.loads(data["figure.json"])
        sections = [
            {name.split("/", 1)[1]: data[name] for name in data.files if name.startswith(f"{k}/")}
            for k in range(len(plan["sections"]))
        ]
    return sections, plan


def style(dash, width):
    """Dashes are in pixels of the figure, as drawn; Matplotlib wants them in line widths."""
    return {"linewidth": width, "linestyle": (0, [part / (1.35 * width) for part in dash]) if dash else "-"}


def draw_curve(axes, columns, first, mark, unit):
    """The key of the curve for the legend, None where it has none."""
    x = columns[first]
    own = mark["theoryBand"]
    if own and "low" in own:
        axes.fill_between(x, columns[own["low"]] / unit, columns[own["high"]] / unit, color=mark["color"], alpha=0.11, lw=0)
    elif own:
        middle, spread = columns[own["about"]], own["factor"] * columns["theory_sd"]
        axes.fill_between(x, (middle - spread) / unit, (middle + spread) / unit, color=mark["color"], alpha=0.11, lw=0)
    band = mark["band"]
    if band and "low" in band:
        axes.fill_between(x, columns[band["low"]] / unit, columns[band["high"]] / unit, color=mark["color"], alpha=0.16, lw=0)
    elif band:
        mean, spread = columns["mean"], columns[band["around"]]
        axes.fill_between(x, (mean - spread) / unit, (mean + spread) / unit, color=mark["color"], alpha=0.16, lw=0)
    for run in columns.get("runs", []):
        axes.plot(x, run / unit, color=mark["color"], linewidth=0.4, alpha=0.45)
    dots = MARKERS[mark["marker"]] if mark["dots"] else None
    shown = {"marker": dots, "markersize": 4.2, "markerfacecolor": "white", "markeredgecolor": mark["color"]}
    for k, line in enumerate(mark["lines"]):
        axes.plot(x, columns[line["column"]] / unit, color=mark["color"], **style(line["dash"], line["width"]))
    if mark["dots"]:
        every = max(1, len(x) // 14)
        axes.plot(x, columns[mark["dots"]] / unit, linestyle="none", markevery=every, **shown)
    if mark["legend"] is None:
        return None
    return Line2D([], [], color=mark["color"], **shown, **style(mark["dash"], 1.4))


def draw_legend(axes, keys, names):
    """Matplotlib leaves out names that begin with an underscore, unless they are written afterwards."""
    if keys:
        legend = axes.legend(keys, [str(k) for k in range(len(keys))], fontsize="small", frameon=False)
        for text, name in zip(legend.get_texts(), names):
            text.set_text(plain(name))


def draw_guides(axes, plan, unit):
    for guide in plan["guides"]:
        if guide["kind"] == "slope":
            x = np.geomspace(max(plan["x"]["min"], 1e-300), plan["x"]["max"], 65)
            axes.plot(x, guide["y"] * (x / guide["x"]) ** guide["exponent"] / unit, color="0.4", dashes=(6, 4), lw=1)
        elif guide["kind"] == "horizontal":
            axes.axhline(guide["value"] / unit, color="0.4", dashes=(6, 4), lw=1)
            axes.text(0.98, guide["value"] / unit, plain(guide["label"]), transform=axes.get_yaxis_transform(), ha="right", va="bottom")
        elif guide["kind"] == "vertical":
            axes.axvline(guide["value"], color="0.4", dashes=(6, 4), lw=1)
            axes.text(guide["value"], 0.98, " " + plain(guide["label"]), transform=axes.get_xaxis_transform(), va="top")
        else:
            axes.text(guide["x"], guide["y"] / unit, plain(guide["label"]), va="center")


def draw_points(axes, plan, unit):
    for point in plan["marks"].get("points", []):
        at = (point["x"], point["y"] / unit)
        axes.plot(*at, "o", markersize=8, markerfacecolor="none", markeredgecolor="black")
        axes.annotate(plain(point["label"]), at, xytext=(6, 0), textcoords="offset points", va="center")


def draw_cells(figure, axes, sections, plan):
    marks = plan["marks"]
    colors = marks["colors"]
    norm = (LogNorm if colors["kind"] == "log" else Normalize)(colors["min"], colors["max"])
    if marks["edges"] is None:
        columns = sections[0]
        names = [column["key"] for column in plan["sections"][0]["columns"]]
        x, y = (np.unique(columns[name]) for name in names[:2])
        values = np.full((len(y), len(x)), np.nan)
        values[np.searchsorted(y, columns[names[1]]), np.searchsorted(x, columns[names[0]])] = columns[marks["column"]]
        mesh = axes.pcolormesh(x, y, values, norm=norm, shading="nearest", cmap="Blues")
    else:
        t = sections[0]["t"]
        middle = (t[1:] + t[:-1]) / 2
        edges = np.concatenate([[t[0]], middle, [t[-1]]])
        values = np.array([columns[marks["column"]] for columns in sections])
        mesh = axes.pcolormesh(edges, marks["edges"], values, norm=norm, cmap="Blues")
    figure.colorbar(mesh, ax=axes, label=plain(plan["value"]["name"]))


def main():
    sections, plan = load()
    unit = plan["y"]["unit"]
    figure, axes = plt.subplots(figsize=(5.2, 3.6), constrained_layout=True)
    axes.set(xscale=plan["x"]["scale"], yscale=plan["y"]["scale"], xlabel=plain(plan["x"]["name"]), ylabel=plain(plan["y"]["name"]))
    keys, names = [], []
    if plan["marks"]["kind"] == "cells":
        draw_cells(figure, axes, sections, plan)
    else:
        for columns, section, mark in zip(sections, plan["sections"], plan["marks"]["curves"]):
            key = draw_curve(axes, columns, section["columns"][0]["key"], mark, unit)
            if key is not None:
                keys.append(key)
                names.append(mark["legend"])
        for level in plan["marks"]["levels"]:
            axes.axhline(level["value"] / unit, color="0.4", dashes=(4, 3), lw=0.8)
            axes.text(0.98, level["value"] / unit, plain(level["label"]), transform=axes.get_yaxis_transform(), ha="right", va="bottom", fontsize="small")
    draw_points(axes, plan, unit)
    draw_guides(axes, plan, unit)
    axes.set(xlim=(plan["x"]["min"], plan["x"]["max"]), ylim=(plan["y"]["min"], plan["y"]["max"]))
    draw_legend(axes, keys, names)
    axes.set_title(plain(plan["title"]), fontsize="medium", loc="left")
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "figure-matplotlib.pdf"
    figure.savefig(out)
    print(out)


if __name__ == "__main__":
    main()
`;
