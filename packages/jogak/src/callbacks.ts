import { callbacks } from '@jogak/models';

/** A callback made of functions: TensorFlow.js' name of `callbacks.LambdaCallback`. */
export const CustomCallback: typeof callbacks.LambdaCallback = callbacks.LambdaCallback;

/** `callbacks.EarlyStopping`, for those who look for it here, as in TensorFlow.js. */
export const EarlyStopping: typeof callbacks.EarlyStopping = callbacks.EarlyStopping;
