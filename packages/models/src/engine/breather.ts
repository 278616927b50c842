/** Lets the event loop turn ten times a second, so that signals, messages and the page are served while training and judging. */
export function breather(): () => Promise<void> | undefined {
  let last = Date.now();
  return () => {
    const now = Date.now();
    if (now - last < 100) return undefined;
    last = now;
    return new Promise(resolve => setTimeout(resolve, 0));
  };
}
