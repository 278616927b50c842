import type uPlot from 'uplot';

/** How a curve is drawn, in the colours of the page. @param epochs the last one, where the axis ends */
export function chartOptions(frame: HTMLElement, figure: 'loss' | 'accuracy', epochs: () => number): uPlot.Options {
  const style = getComputedStyle(frame);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const font = `12px ${style.fontFamily}`;
  const axis: uPlot.Axis = {
    font,
    stroke: color('--vp-c-text-2'),
    grid: { stroke: color('--vp-c-divider'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: frame.clientWidth,
    height: frame.clientHeight,
    padding: [8, 8, 0, 0],
    cursor: { show: false },
    legend: { show: false },
    scales: {
      x: { time: false, range: () => [0, epochs()] },
      y: { range: (_, __, max) => [0, figure === 'accuracy' ? 1 : Math.max(1, Math.ceil((max ?? 0) * 5) / 5)] },
    },
    axes: [
      // Whole epochs only, so that none is written as 0.5.
      { ...axis, label: 'epoch', labelFont: font, labelSize: 20, size: 28, incrs: [1, 2, 5, 10] },
      { ...axis, size: 40 },
    ],
    series: [
      {},
      { label: 'training', stroke: color('--jogak-training'), width: 2, points: { show: false }, spanGaps: true },
      {
        label: 'validation',
        stroke: color('--jogak-validation'),
        width: 2,
        dash: [6, 4],
        points: { show: true, size: 7, fill: color('--jogak-validation') },
        spanGaps: true,
      },
    ],
  };
}
