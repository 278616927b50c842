// A plugin of TypeDoc: modules are called after their packages, `layers` instead of `layers/src`, and what a class has from another of ours
// stands with that one alone, instead of on every page again.
import { Converter } from 'typedoc';
import { MarkdownPageEvent } from 'typedoc-plugin-markdown';

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) module.name = module.name.replace(/\/src(?=\/|$)/, '');
  });
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    const inherited = Object.values(project.reflections).filter(reflection => reflection.inheritedFrom);
    for (const reflection of inherited) project.removeReflection(reflection);
  });
  // A dollar in a signature begins no equation.
  app.renderer.on(MarkdownPageEvent.END, page => {
    page.contents = page.contents.replace(/^> .*$/gm, line => line.replaceAll('$', '\\$'));
  });
}
