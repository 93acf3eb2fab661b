"""This room's share of the tables: library names, arrays and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasmergelint.late import late
from kerasmergelint.tracker.library import (
    array_assignment,
    gradients,
    history,
    initial_values,
    losses,
    metrics,
    numeric,
    optimizers,
    pictures,
    pipelines,
    registry,
    tensor_arrays,
    tensor_shapes,
    tensors,
)
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Tables
from kerasmergelint.tracker.python.builtins.methods import methods
from kerasmergelint.tracker.values.frames import ByLabelV, ByPlaceV, FrameV, StatisticV
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.measured import HistoryV, LogsV, RecordsV
from kerasmergelint.tracker.values.pictures import PictureV
from kerasmergelint.tracker.values.tensor_arrays import TensorArrayV
from kerasmergelint.tracker.values.tensor_shapes import TensorShapeV
from kerasmergelint.tracker.values.training import (
    DatasetV,
    LossV,
    MetricV,
    OptimizerV,
    ScheduleV,
    TapeV,
)
from kerasmergelint.tracker.values.value import External

if TYPE_CHECKING:
    from kerasmergelint.tracker.library import frame_parts, frames
else:
    frame_parts = late("kerasmergelint.tracker.library.frame_parts")
    frames = late("kerasmergelint.tracker.library.frames")

TABLES: Tables[Interpreter] = Tables(
    call={
        External: registry.call,
        LossV: losses.call,
        MetricV: metrics.call,
        ScheduleV: optimizers.call_schedule,
    },
    attribute={
        External: registry.attribute,
        DatasetV: pipelines.attribute,
        FrameV: frames.attribute,
        HistoryV: history.attribute,
        RecordsV: history.attribute_of_records,
        LogsV: history.attribute_of_logs,
        PictureV: pictures.attribute,
        MetricV: metrics.attribute,
        OptimizerV: optimizers.attribute,
        ScheduleV: optimizers.attribute_of_schedule,
        TapeV: gradients.attribute,
        TensorArrayV: tensor_arrays.attribute,
        TensorShapeV: tensor_shapes.attribute,
        TensorV: tensors.attribute,
        **dict.fromkeys((int, float), methods(numeric.NUMBER_METHODS)),
    },
    has_attribute={External: registry.has_attribute},
    set_attribute={
        External: registry.set_attribute,
        FrameV: frames.set_attribute,
        HistoryV: history.set_attribute,
        OptimizerV: optimizers.set_attribute,
    },
    binary={
        FrameV: frames.binary,
        StatisticV: frames.binary,
        TensorShapeV: tensor_shapes.binary,
    },
    compare={TensorShapeV: tensor_shapes.compare},
    item={
        DatasetV: pipelines.item,
        FrameV: frames.item,
        HistoryV: history.item_of_history,
        RecordsV: history.item,
        LogsV: history.item_of_logs,
        ByPlaceV: frame_parts.by_place,
        ByLabelV: frame_parts.by_label,
        TensorShapeV: tensor_shapes.item,
    },
    set_item={
        FrameV: frames.set_item,
        RecordsV: history.set_item,
        LogsV: history.set_item_of_logs,
        ByPlaceV: frame_parts.set_by_place,
        ByLabelV: frame_parts.set_by_label,
        TensorV: array_assignment.set_item,
    },
    delete_item={FrameV: frames.delete_item},
    iterate={DatasetV: pipelines.iterate},
    any_item={DatasetV: pipelines.any_item},
    length={FrameV: frames.length},
    is_instance={
        External: initial_values.is_instance,
        TensorShapeV: tensor_shapes.is_instance,
    },
)
