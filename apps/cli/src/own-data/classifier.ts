import { conv2d, dense, dropout, embedding, flatten, type Layer, lstm, maxPooling2d } from '@jogak/layers';
import { type Model, sequential } from '@jogak/models';

/** Layers, then a probability for each class; Adam. */
function classifier(name: string, layers: Layer[], classes: number): Model {
  const model = sequential({ name, layers: [...layers, dense({ name: 'classes', units: classes, activation: 'softmax' })] });
  model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

/** Up to three rounds of 3×3 convolution and pooling, then 100 units: for images of one's own. */
export function imageClassifier([height, width, channels]: readonly [number, number, number], classes: number): Model {
  const layers: Layer[] = [];
  let [side, filters] = [Math.min(height, width), 16];
  // Pooling halves the sides; more rounds than they allow would leave nothing.
  for (let round = 1; round <= 3 && side >= 4; round++, side = Math.floor(side / 2), filters *= 2) {
    const input = round === 1 ? { inputShape: [height, width, channels] } : {};
    layers.push(
      conv2d({ name: `conv2d_${round}`, ...input, filters, kernelSize: 3, padding: 'same', activation: 'relu' }),
      maxPooling2d({ name: `max_pooling2d_${round}`, poolSize: 2 }),
    );
  }
  const start = layers.length === 0 ? flatten({ name: 'flatten', inputShape: [height, width, channels] }) : flatten({ name: 'flatten' });
  const units = dense({ name: 'dense', units: 100, activation: 'relu' });
  return classifier('image_classifier', [...layers, start, dropout({ name: 'dropout', rate: 0.3 }), units], classes);
}

/** Two layers of 32 units: for tables of numbers. */
export function tableClassifier(columns: number, classes: number): Model {
  const layers = [
    dense({ name: 'dense_1', units: 32, activation: 'relu', inputShape: [columns] }),
    dense({ name: 'dense_2', units: 32, activation: 'relu' }),
  ];
  return classifier('table_classifier', layers, classes);
}

/** Words embedded in 32 dimensions, then 16 LSTM cells: for texts. */
export function textClassifier(words: number, steps: number, classes: number): Model {
  const layers = [
    embedding({ name: 'embedding', inputDim: words, outputDim: 32, batchInputShape: [null, steps] }),
    lstm({ name: 'lstm', units: 16 }),
  ];
  return classifier('text_classifier', layers, classes);
}
