// What the pages use of vis-network and vis-data; scripts/make_vis_network.py bundles it.

export { DataSet } from "vis-data/esnext/esm/vis-data.mjs";
export { Network } from "vis-network/esnext/esm/vis-network.mjs";
