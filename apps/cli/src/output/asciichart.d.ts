/** asciichart ships no types; this is what is used of it. */
declare module 'asciichart' {
  interface PlotOptions {
    /** Rows of the chart. */
    height?: number;
    /** Labels of the vertical axis. */
    format?: (value: number) => string;
    /** An escape code for each series. */
    colors?: readonly string[];
  }
  const asciichart: {
    readonly blue: string;
    readonly lightred: string;
    plot(series: readonly (readonly number[])[], options?: PlotOptions): string;
  };
  export default asciichart;
}
