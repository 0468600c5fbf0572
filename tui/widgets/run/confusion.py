from tui.widgets.run.evaluated import EvaluatedPanel
class ConfusionPanel(EvaluatedPanel):
    def draw(self, said, moment): pass
    def describe(self, said, moment): return "confusion"
