import { isShape, type Layer, type LayerNode, type Shape } from '@jogak/layers';
import { ConfigError, isJogakError, options as optionKinds, type Parameter } from '@jogak/ops';
import { platform } from '#platform';
import { Model } from './model.js';
import { type Alignment, boxTable } from './summary-table.js';

/** Options of {@link Model.summary}. */
export interface SummaryOptions {
  /** What every line is given to. @default console.log */
  printFn?: (line: string) => void;
  /** Width of the table. @default 88, or 108 with connections, 12 more with `showTrainable`, or less where the terminal is narrower */
  lineLength?: number;
  /** Whether to list the layers of models within the model. @default false */
  expandNested?: boolean;
  /** Whether to say of each layer if training changes it. @default false */
  showTrainable?: boolean;
}

const known: readonly (keyof SummaryOptions)[] = ['printFn', 'lineLength', 'expandNested', 'showTrainable'];

/**
 * Prints the table that Keras 3 prints of a model: layers, output shapes, numbers of weights, and for a graph that is no chain what
 * each layer is connected to. Totals count the optimizer's weights, once it has some.
 *
 * @returns the same, in one string
 * @throws {ConfigError} for an option that there is not, or a `lineLength` too small for the columns
 * @see https://keras.io/api/models/model/#summary-method
 */
export function summary(model: Model, options: SummaryOptions): string {
  const unknown = Object.keys(options).find(key => !(known as readonly string[]).includes(key));
  if (unknown !== undefined) throw new ConfigError(`summary: there is no option "${unknown}"${optionKinds.suggestion(unknown, known)}`);
  const { printFn = console.log, expandNested = false, showTrainable = false } = options;
  const graph = model.graph && !isChain(model.graph) ? model.graph : null;
  const columns: { header: string; align: Alignment; end: number }[] = [
    { header: 'Layer (type)', align: 'left', end: graph ? 0.3 : 0.45 },
    { header: 'Output Shape', align: 'left', end: graph ? 0.56 : 0.8 },
    { header: 'Param #', align: 'right', end: graph ? 0.74 : 1 },
    ...(graph ? [{ header: 'Connected to', align: 'left' as const, end: 1 }] : []),
  ];
  if (showTrainable) {
    for (const column of columns) column.end *= 0.9;
    columns.push({ header: 'Trainable', align: 'center', end: 1 });
  }
  const usual = (graph ? 108 : 88) + (showTrainable ? 12 : 0);
  const lineLength = options.lineLength ?? Math.min(usual, platform.terminal.columns() - 4);
  const rows = model.layers.flatMap(layer => rowsOf(layer, 0, { graph, expandNested, showTrainable }));
  const lines = [`Model: "${model.name}"`, ...boxTable(columns, rows, lineLength), ...totals(model)];
  for (const line of lines) printFn(line);
  return lines.join('\n');
}

interface RowOptions {
  readonly graph: readonly LayerNode[] | null;
  readonly expandNested: boolean;
  readonly showTrainable: boolean;
}

function rowsOf(layer: Layer, depth: number, options: RowOptions): string[][] {
  const { graph, expandNested, showTrainable } = options;
  const prefix = depth === 0 ? '' : `${'   '.repeat(depth)}└ `;
  const row = [
    `${prefix}${layer.name} (${layer.getClassName()})`,
    outputShape(layer),
    layer.built ? thousands(layer.countParams()) : '0 (unbuilt)',
    ...(graph ? [connections(layer, graph)] : []),
    ...(showTrainable ? [trainability(layer)] : []),
  ];
  const inner = expandNested && layer instanceof Model ? layer.layers.flatMap(child => rowsOf(child, depth + 1, options)) : [];
  return [row, ...inner];
}

/** Whether a graph's layers simply follow one another. Its calls are in the order in which they compute. */
function isChain(graph: readonly LayerNode[]): boolean {
  const follows = graph.every(({ inputs }, index) =>
    index === 0 ? inputs.length === 0 : inputs.length === 1 && inputs[0]?.node === graph[index - 1],
  );
  return follows && new Set(graph.map(node => node.layer)).size === graph.length;
}

function connections(layer: Layer, graph: readonly LayerNode[]): string {
  const sources = graph.filter(node => node.layer === layer).flatMap(node => node.inputs);
  return sources.map(({ node, index }) => `${node.layer.name}[${node.position}][${index}]`).join(', ') || '-';
}

function trainability(layer: Layer): string {
  if (layer.weights.length === 0) return '-';
  return layer.trainable ? 'Y' : 'N';
}

function outputShape(layer: Layer): string {
  const shapes = outputShapes(layer);
  if (shapes === null) return '?';
  const shown = shapes.map(shape => `(${shape.map(size => size ?? 'None').join(', ')})`);
  return shown.length === 1 ? (shown[0] as string) : `[${shown.join(', ')}]`;
}

/** The shapes of a layer's last call; null where they are not known. */
function outputShapes(layer: Layer): readonly Shape[] | null {
  const call = layer.inboundNodes.at(-1);
  if (call) return call.outputs.map(output => output.shape);
  const inputs = layer.builtFor ?? (layer instanceof Model && layer.graph ? (layer.inputShapes as readonly Shape[]) : null);
  if (inputs === null) return null;
  try {
    const shapes = layer.computeOutputShape(inputs);
    return isShape(shapes) ? [shapes] : shapes;
  } catch (error) {
    // A model of one's own need not say its shapes.
    if (isJogakError(error)) return null;
    throw error;
  }
}

function totals(model: Model): string[] {
  const trainable = numbersIn(model.trainableWeights);
  const others = numbersIn(model.nonTrainableWeights);
  const optimizer = model.compileOptions && model.optimizer.built ? optimizerNumbers(model) : 0;
  return [
    ` Total params: ${counted(trainable + others + optimizer)}`,
    ` Trainable params: ${counted(trainable)}`,
    ` Non-trainable params: ${counted(others)}`,
    ...(optimizer > 0 ? [` Optimizer params: ${counted(optimizer)}`] : []),
  ];
}

/** Keras counts the number of the step and, unless a schedule tells it, the learning rate among the optimizer's weights. */
function optimizerNumbers({ optimizer }: Model): number {
  return numbersIn(optimizer.slots) + (optimizer.state().learningRate === null ? 1 : 2);
}

function numbersIn(weights: readonly Parameter[]): number {
  return weights.reduce((sum, weight) => sum + weight.size, 0);
}

/** `197,210 (770.35 KB)`: every number has four bytes. */
function counted(numbers: number): string {
  let size = numbers * 4;
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  while (size >= 1024 && units.length > 1) {
    size /= 1024;
    units.shift();
  }
  return `${thousands(numbers)} (${size.toFixed(2)} ${units[0]})`;
}

function thousands(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
