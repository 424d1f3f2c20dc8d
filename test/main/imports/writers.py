"""Runs as TensorBoard's and MLflow's own writers leave them: writers.py tensorboard|mlflow FOLDER."""

import os
import sys

kind, folder = sys.argv[1:]
POINTS = [(step, step / 7) for step in range(50)]
if kind == 'tensorboard':
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary, SummaryMetadata
    from tensorboard.compat.proto.tensor_pb2 import TensorProto
    from tensorboard.summary.writer.event_file_writer import EventFileWriter

    writer = EventFileWriter(os.path.join(folder, 'theirs'))
    scalars = SummaryMetadata(plugin_data=SummaryMetadata.PluginData(plugin_name='scalars'))
    for step, value in POINTS:
        tensor = TensorProto(dtype=1, float_val=[value])
        # Only the first value of a tag says of which plugin it is.
        named = Summary.Value(tag='as tensor', tensor=tensor, metadata=scalars if step == 0 else None)
        for each in (named, Summary.Value(tag='as value', simple_value=value)):
            writer.add_event(Event(wall_time=1.7e9 + step, step=step, summary=Summary(value=[each])))
    writer.close()
else:
    os.environ['MLFLOW_ALLOW_FILE_STORE'] = 'true'
    os.makedirs(folder)
    import mlflow
    from mlflow.tracking import MlflowClient

    mlflow.set_tracking_uri('file://' + folder)
    client = MlflowClient()
    experiment = client.create_experiment("an: experiment")
    run = client.create_run(experiment, run_name='theirs: "quoted"')
    client.log_param(run.info.run_id, 'net/lr', 0.01)
    for step, value in POINTS:
        client.log_metric(run.info.run_id, 'train/loss', value, timestamp=1_700_000_000_000 + step * 1000, step=step)
    client.log_metric(run.info.run_id, 'odd', float('nan'), step=-3)
    client.set_terminated(run.info.run_id, 'FAILED')
