/** Documents of other tools, written by hand as these write them, and the id of the format that reads each. */

export const GRAPHML = `<?xml version="1.0" encoding="utf-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key attr.name="label" attr.type="string" for="node" id="d0"/>
  <key attr.name="Longitude" attr.type="double" for="node" id="d1"/>
  <key attr.name="Latitude" attr.type="double" for="node" id="d2"/>
  <key attr.name="LinkSpeedRaw" attr.type="double" for="edge" id="d3"><default>1e9</default></key>
  <key attr.name="Network" attr.type="string" for="graph" id="d4"/>
  <key attr.name="Country" attr.type="string" for="node" id="d5"/>
  <graph edgedefault="undirected">
    <data key="d4">Two cities</data>
    <node id="0"><data key="d0">Bern</data><data key="d1">7.45</data><data key="d2">46.95</data><data key="d5">CH</data></node>
    <node id="1"><data key="d0">Rome</data><data key="d1">12.48</data><data key="d2">41.89</data></node>
    <node id="2"><data key="d0">Rome</data></node>
    <edge source="0" target="1"><data key="d3">10000000000.0</data></edge>
    <edge source="1" target="0"/>
    <edge source="1" target="2"/>
    <edge source="2" target="2"/>
  </graph>
</graphml>
`

export const GML = `# made by hand
Creator "someone"
graph [
  directed 1
  label "shed &amp; barn"
  node [ id 7 label "shed" tier "device" computeMHz 1000 graphics [ x 10 y 20 ] ]
  node [ id 8 label "barn" type "cloud server" cpu 2000 ]
  edge [ source 7 target 8 bandwidth 80 delay 2.5 ]
  edge [ source 8 target 7 bandwidth 8 delay 4 weight 3 ]
]
`

export const EDGESIMPY = `{
 "NetworkSwitch": [{"attributes": {"id": 1}, "relationships": {}}, {"attributes": {"id": 2}, "relationships": {}}, {"attributes": {"id": 3}, "relationships": {}}],
 "NetworkLink": [
  {"attributes": {"id": 1, "delay": 5, "bandwidth": 12.5}, "relationships": {"nodes": [{"class": "NetworkSwitch", "id": 1}, {"class": "NetworkSwitch", "id": 2}]}},
  {"attributes": {"id": 2, "delay": 7, "bandwidth": 4}, "relationships": {"nodes": [{"class": "NetworkSwitch", "id": 2}, {"class": "NetworkSwitch", "id": 3}]}},
  {"attributes": {"id": 3, "delay": 20, "bandwidth": 99}, "relationships": {"nodes": [{"class": "NetworkSwitch", "id": 1}, {"class": "NetworkSwitch", "id": 3}]}}
 ],
 "BaseStation": [{"attributes": {"id": 1, "wireless_delay": 3}, "relationships": {"network_switch": {"class": "NetworkSwitch", "id": 1}}}],
 "EdgeServer": [
  {"attributes": {"id": 1, "model_name": "X", "cpu": 8, "memory": 16, "power_model_parameters": {"max_power_consumption": 192}}, "relationships": {"base_station": {"class": "BaseStation", "id": 1}, "network_switch": {"class": "NetworkSwitch", "id": 1}}},
  {"attributes": {"id": 2, "cpu": 1}, "relationships": {"base_station": null, "network_switch": {"class": "NetworkSwitch", "id": 3}}}
 ],
 "User": [{"attributes": {"id": 1}, "relationships": {"base_station": {"class": "BaseStation", "id": 1}}}],
 "CircularDurationAndIntervalAccessPattern": [{"attributes": {"id": 1, "history": [{"end": Infinity, "duration": -Infinity, "x": NaN}]}}]
}
`

export const raycloudsim = () => ({
  Nodes: [
    { NodeType: 'Node', NodeName: 'n0', NodeId: 0, MaxCpuFreq: 1900, MaxBufferSize: 190, IdleEnergyCoef: 0.0091, ExeEnergyCoef: 0.0911 },
    { NodeType: 'Node', NodeName: 'n1', NodeId: 1, MaxCpuFreq: 1000, MaxBufferSize: 120, IdleEnergyCoef: 0.0011, ExeEnergyCoef: 0.0105 }
  ],
  Edges: [
    { EdgeType: 'SingleLink', SrcNodeID: 0, DstNodeID: 1, Bandwidth: 1000 },
    { EdgeType: 'SingleLink', SrcNodeID: 1, DstNodeID: 0, Bandwidth: 80 }
  ]
})

export const TASK_SET = `TaskName,GenerationTime,TaskID,TaskSize,CyclesPerBit,TransBitRate,DDL,SrcName
t0,3.0,0,87,783,40,57,n1
t1,2.0,1,30,113,10,60,n0
`

export const sagaInstance = () => ({
  name: 'diamond',
  task_graph: {
    tasks: [
      { name: 'a', cost: 2 },
      { name: 'b', cost: 3 },
      { name: 'c', cost: 1 }
    ],
    dependencies: [
      { source: 'a', target: 'b', size: 4 },
      { source: 'b', target: 'c', size: 0.5 }
    ]
  },
  network: {
    nodes: [
      { name: 'quick', speed: 2 },
      { name: 'slow', speed: 1 }
    ],
    edges: [
      { source: 'quick', target: 'slow', speed: 0.5 },
      { source: 'quick', target: 'quick', speed: null }
    ]
  }
})

/** Of before names: NetworkX's node-link form. */
export const nodeLink = (directed: boolean) => ({
  directed,
  multigraph: false,
  graph: {},
  nodes: [
    { weight: 2, id: 'T0' },
    { weight: 3, id: 'T1' }
  ],
  links: [{ weight: 4, source: 'T0', target: 'T1' }]
})

export const NODES_AND_LINKS = `id;tier;computeMHz
phone;device;1000
rack;cloud;20000,5

from;to;bandwidth;latency ms
phone;rack;100;2,5
`

export const TASKS_AND_FLOWS = `workflow,device,task,megacycles,release (s),colour
w1,phone,a,100,2,red
w1,phone,b,200,2,blue
w2,phone,c,5,1,red

workflow,from,to,bytes
w1,,a,4000000
w1,a,b,500000
w1,b,,1000
`

export const kerasModel = () => ({
  format: 'layers-model',
  modelTopology: {
    keras_version: '2.11.0',
    model_config: {
      class_name: 'Functional',
      config: {
        name: 'small',
        layers: [
          {
            class_name: 'InputLayer',
            name: 'image',
            config: { batch_input_shape: [null, 28, 28, 1], name: 'image' },
            inbound_nodes: [] as unknown
          },
          {
            class_name: 'Conv2D',
            name: 'conv',
            config: { filters: 8, kernel_size: [3, 3], strides: [1, 1], padding: 'valid', name: 'conv' },
            inbound_nodes: [[['image', 0, 0, {}]]] as unknown
          },
          {
            class_name: 'MaxPooling2D',
            name: 'pool',
            config: { pool_size: [2, 2], strides: [2, 2], padding: 'valid' },
            inbound_nodes: [[['conv', 0, 0, {}]]] as unknown
          },
          { class_name: 'Flatten', name: 'flat', config: {}, inbound_nodes: [[['pool', 0, 0, {}]]] as unknown },
          { class_name: 'Dense', name: 'dense', config: { units: 10 }, inbound_nodes: [[['flat', 0, 0, {}]]] as unknown },
          { class_name: 'Softmax', name: 'answer', config: {}, inbound_nodes: [[['dense', 0, 0, {}]]] as unknown }
        ]
      }
    }
  },
  weightsManifest: []
})

export const FOREIGN: readonly [id: string, text: string][] = [
  ['graphml', GRAPHML],
  ['gml', GML],
  ['edgesimpy', EDGESIMPY],
  ['raycloudsim', JSON.stringify(raycloudsim(), null, 1)],
  ['raycloudsim-tasks', TASK_SET],
  ['saga', JSON.stringify(sagaInstance(), null, 1)],
  ['saga-tasks', JSON.stringify(nodeLink(true), null, 1)],
  ['saga-network', JSON.stringify(nodeLink(false), null, 1)],
  ['csv-topology', NODES_AND_LINKS],
  ['csv-workload', TASKS_AND_FLOWS],
  ['keras', JSON.stringify(kerasModel(), null, 1)]
]
