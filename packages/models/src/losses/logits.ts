import { logSoftmax, mul, neg, oneHot, softplus, sub, sum, type Tensor } from '@jogak/ops';

export const sigmoidCrossEntropyWithLogits = (targets: Tensor, logits: Tensor): Tensor => sub(softplus(logits), mul(targets, logits));
export const softmaxCrossEntropyWithLogits = (targets: Tensor, logits: Tensor): Tensor => neg(sum(mul(targets, logSoftmax(logits)), -1));
export const sparseSoftmaxCrossEntropyWithLogits = (labels: Tensor, logits: Tensor): Tensor =>
  softmaxCrossEntropyWithLogits(oneHot(labels, logits.shape.at(-1) as number), logits);
