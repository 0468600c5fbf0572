"""A chart of long, growing series in braille. Importing it loads no numpy; drawing the first one does."""

from tui.widgets.chart.line import ChartLine, Columns, Points, Reading
from tui.widgets.chart.widget import Chart

__all__ = ["Chart", "ChartLine", "Columns", "Points", "Reading"]
