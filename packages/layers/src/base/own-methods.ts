/** Whether a method was put onto an object, in the place of that of its class. */
export function hasOwnMethods(object: object): boolean {
  const prototype = Object.getPrototypeOf(object) as object;
  return Object.entries(object).some(([name, value]) => typeof value === 'function' && name in prototype);
}
