import 'katex/dist/katex.min.css';
import './style.css';
import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import TrainingDemo from './demo/TrainingDemo.vue';
import RecipeCurve from './recipes/RecipeCurve.vue';
import RecipeNetwork from './recipes/RecipeNetwork.vue';
import RecipeTable from './recipes/RecipeTable.vue';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('TrainingDemo', TrainingDemo);
    app.component('RecipeNetwork', RecipeNetwork);
    app.component('RecipeCurve', RecipeCurve);
    app.component('RecipeTable', RecipeTable);
  },
} satisfies Theme;
