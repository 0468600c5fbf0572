"""A chart of long, growing series in braille. Importing it loads no numpy; drawing the first one does."""

from tui.widgets.chart.line import ChartLine, Reading
from tui.widgets.chart.smoothed import Smoothed
from tui.widgets.chart.view import ChartView, Entry
from tui.widgets.chart.widget import Chart
from tui.widgets.chart.window import Window

__all__ = ["Chart", "ChartLine", "ChartView", "Entry", "Reading", "Smoothed", "Window"]
