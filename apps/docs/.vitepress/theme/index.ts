import 'katex/dist/katex.min.css';
import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import BenchmarkDifferences from './benchmarks/BenchmarkDifferences.vue';
import BenchmarkMachine from './benchmarks/BenchmarkMachine.vue';
import BenchmarkSpread from './benchmarks/BenchmarkSpread.vue';
import BenchmarkTables from './benchmarks/BenchmarkTables.vue';
import TrainingDemo from './demo/TrainingDemo.vue';
import KernelTable from './kernels/KernelTable.vue';
import RecipeCurve from './recipes/RecipeCurve.vue';
import RecipeNetwork from './recipes/RecipeNetwork.vue';
import RecipeTable from './recipes/RecipeTable.vue';
import ResultCurve from './results/ResultCurve.vue';
import ResultTable from './results/ResultTable.vue';
// Last, so that it has the last word over VitePress' own style.
import './style.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('TrainingDemo', TrainingDemo);
    app.component('BenchmarkMachine', BenchmarkMachine);
    app.component('BenchmarkSpread', BenchmarkSpread);
    app.component('BenchmarkDifferences', BenchmarkDifferences);
    app.component('BenchmarkTables', BenchmarkTables);
    app.component('KernelTable', KernelTable);
    app.component('RecipeNetwork', RecipeNetwork);
    app.component('RecipeCurve', RecipeCurve);
    app.component('RecipeTable', RecipeTable);
    app.component('ResultTable', ResultTable);
    app.component('ResultCurve', ResultCurve);
  },
} satisfies Theme;
