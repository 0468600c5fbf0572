"""Single events as TensorBoard writes them: numbers, texts, the settings of a run, where an attempt begins.

Built with TensorBoard's own protocol buffers, which need neither TensorFlow nor torch.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.exports.records import framed

if TYPE_CHECKING:
    from engine.recipes import Value

FILE_VERSION = "brain.Event:2"
"""The second version: readers drop what a newer attempt replaces only where it begins with `restarted`."""
WRITER = "learncurve"
HPARAMS_START, HPARAMS_END = "_hparams_/session_start_info", "_hparams_/session_end_info"


def opened(time: float) -> bytes:
    """Return what a file of events begins with."""
    from tensorboard.compat.proto.event_pb2 import SourceMetadata

    return _event(time, 0, file_version=FILE_VERSION, source_metadata=SourceMetadata(writer=WRITER))


def restarted(time: float, first_update: int) -> bytes:
    """Return what makes readers drop what earlier files say of `first_update` and after."""
    from tensorboard.compat.proto.event_pb2 import SessionLog

    return _event(time, first_update, session_log=SessionLog(status=SessionLog.START))


def scalars(time: float, update: int, figures: Mapping[str, float]) -> bytes:
    """Return figures by their tags, at an update; nothing where there are none."""
    from tensorboard.compat.proto.summary_pb2 import Summary

    if not figures:
        return b""
    values = [Summary.Value(tag=tag, simple_value=figure) for tag, figure in figures.items()]
    return _event(time, update, summary=Summary(value=values))


def text(time: float, update: int, tag: str, markdown: str) -> bytes:
    """Return a text that TensorBoard shows under a tag."""
    from tensorboard.compat.proto.summary_pb2 import DATA_CLASS_TENSOR, Summary, SummaryMetadata
    from tensorboard.compat.proto.tensor_pb2 import TensorProto
    from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
    from tensorboard.compat.proto.types_pb2 import DT_STRING

    plugin = SummaryMetadata.PluginData(plugin_name="text")
    tensor = TensorProto(
        dtype=DT_STRING,
        string_val=[markdown.encode("utf-8", "replace")],
        tensor_shape=TensorShapeProto(dim=[TensorShapeProto.Dim(size=1)]),
    )
    metadata = SummaryMetadata(plugin_data=plugin, data_class=DATA_CLASS_TENSOR)
    return _event(time, update, summary=Summary(value=[Summary.Value(tag=tag, metadata=metadata, tensor=tensor)]))


def settings(time: float, run: str, knobs: Mapping[str, Value]) -> bytes:
    """Return a run's knobs for the dashboard that compares runs by them."""
    from tensorboard.plugins.hparams.plugin_data_pb2 import HParamsPluginData, SessionStartInfo

    info = SessionStartInfo(group_name=run, start_time_secs=time)
    for knob, value in knobs.items():
        match value:
            case bool():
                info.hparams[knob].bool_value = value
            case int() | float():
                info.hparams[knob].number_value = value
            case _:
                info.hparams[knob].string_value = value
    return _hparams(time, HPARAMS_START, HParamsPluginData(session_start_info=info))


def ended(time: float, state: str) -> bytes:
    """Return how a run ended, for the same dashboard."""
    from tensorboard.plugins.hparams.api_pb2 import STATUS_FAILURE, STATUS_SUCCESS, STATUS_UNKNOWN
    from tensorboard.plugins.hparams.plugin_data_pb2 import HParamsPluginData, SessionEndInfo

    status = {"finished": STATUS_SUCCESS, "failed": STATUS_FAILURE}.get(state, STATUS_UNKNOWN)
    info = SessionEndInfo(status=status, end_time_secs=time)
    return _hparams(time, HPARAMS_END, HParamsPluginData(session_end_info=info))


def _hparams(time: float, tag: str, content: Any) -> bytes:
    from tensorboard.compat.proto.summary_pb2 import DATA_CLASS_TENSOR, Summary, SummaryMetadata
    from tensorboard.compat.proto.tensor_pb2 import TensorProto
    from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
    from tensorboard.compat.proto.types_pb2 import DT_FLOAT

    plugin = SummaryMetadata.PluginData(plugin_name="hparams", content=content.SerializeToString())
    metadata = SummaryMetadata(plugin_data=plugin, data_class=DATA_CLASS_TENSOR)
    nothing = TensorProto(dtype=DT_FLOAT, tensor_shape=TensorShapeProto(dim=[TensorShapeProto.Dim(size=0)]))
    return _event(time, 0, summary=Summary(value=[Summary.Value(tag=tag, metadata=metadata, tensor=nothing)]))


def _event(time: float, update: int, **what: Any) -> bytes:
    from tensorboard.compat.proto.event_pb2 import Event

    return framed(Event(wall_time=time, step=update, **what).SerializeToString())
