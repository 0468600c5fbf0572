from tui.widgets.run.evaluated import EvaluatedPanel
class WeightsPanel(EvaluatedPanel):
    def draw(self, said, moment): pass
    def describe(self, said, moment): return "weights"
