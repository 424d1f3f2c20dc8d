"""What TensorBoard's and MLflow's own readers say of exported folders, as JSON: readers.py tensorboard|mlflow FOLDER."""

import json
import os
import sys

kind, folder = sys.argv[1:]
runs = {}
if kind == 'tensorboard':
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.util import tensor_util

    for name in sorted(os.listdir(folder)):
        reader = EventAccumulator(os.path.join(folder, name), size_guidance={'scalars': 0})
        reader.Reload()
        tags = reader.Tags()
        runs[name] = {
            'curves': {tag: [[e.step, repr(e.value)] for e in reader.Scalars(tag)] for tag in tags['scalars']},
            'texts': [tensor_util.make_ndarray(e.tensor_proto).item().decode() for tag in tags['tensors'] for e in reader.Tensors(tag)],
        }
else:
    os.environ['MLFLOW_ALLOW_FILE_STORE'] = 'true'
    import mlflow
    from mlflow.tracking import MlflowClient

    mlflow.set_tracking_uri('file://' + folder)
    client = MlflowClient()
    for experiment in client.search_experiments():
        for run in client.search_runs([experiment.experiment_id]):
            history = {key: client.get_metric_history(run.info.run_id, key) for key in run.data.metrics}
            runs[run.data.tags['dmroRun']] = {
                'experiment': experiment.name,
                'status': run.info.status,
                'name': run.info.run_name,
                'parameters': run.data.params,
                'curves': {key: [[m.step, repr(m.value)] for m in points] for key, points in history.items()},
                'artefacts': sorted(a.path for a in client.list_artifacts(run.info.run_id)),
            }
json.dump(runs, sys.stdout)
