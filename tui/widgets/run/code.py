from tui.widgets.run.panel import Panel
class CodePanel(Panel):
    def refill(self, moment): pass
    def text(self, moment): return "code"
