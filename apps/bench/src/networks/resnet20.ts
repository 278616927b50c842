import { activation, add, batchNormalization, conv2d, dense, globalAveragePooling2d, input, type SymbolicTensor } from '@jogak/layers';
import { type Model, model } from '@jogak/models';
import { sgd } from '@jogak/optimizers';

/**
 * ResNet-20 for 32×32×3 and 10 classes: `[batch, 32, 32, 3]` → `[batch, 10]`, trained by SGD with momentum.
 *
 * He et al., Deep Residual Learning for Image Recognition, 2015, section 4.2; where the shape changes, the shortcut is a 1×1 convolution.
 */
export function resnet20(): Model {
  const convolved = (x: SymbolicTensor, place: string, filters: number, kernelSize: number, strides: number): SymbolicTensor => {
    const options = { filters, kernelSize, strides, padding: 'same', useBias: false } as const;
    return batchNormalization({ name: `norm_${place}` }).apply(conv2d({ name: `conv_${place}`, ...options }).apply(x));
  };
  const relu = (x: SymbolicTensor, place: string): SymbolicTensor => activation({ name: `relu_${place}`, activation: 'relu' }).apply(x);
  const images = input({ shape: [32, 32, 3], name: 'images' });
  let x = relu(convolved(images, '0', 16, 3, 1), '0');
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (let block = 0; block < 3; block++) {
      const place = `${stage + 1}_${block + 1}`;
      const changes = stage > 0 && block === 0;
      const strides = changes ? 2 : 1;
      const inner = relu(convolved(x, `${place}_a`, filters, 3, strides), `${place}_a`);
      const outer = convolved(inner, `${place}_b`, filters, 3, 1);
      const shortcut = changes ? convolved(x, `${place}_s`, filters, 1, 2) : x;
      x = relu(add({ name: `add_${place}` }).apply([outer, shortcut]), place);
    }
  }
  const features = globalAveragePooling2d({ name: 'pool' }).apply(x);
  const network = model({
    name: 'resnet20',
    inputs: images,
    outputs: dense({ name: 'dense', units: 10, activation: 'softmax' }).apply(features),
  });
  network.compile({ optimizer: sgd({ learningRate: 0.1, momentum: 0.9 }), loss: 'sparseCategoricalCrossentropy' });
  return network;
}
