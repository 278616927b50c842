// A plugin of TypeDoc: modules are called after their packages, `layers` instead of `layers/src`, and what a class has from another of ours
// stands with that one alone, instead of on every page again. Links lead to the headings that VitePress makes.
import { Converter, ReflectionKind } from 'typedoc';
import { MarkdownPageEvent, ModuleRouter } from 'typedoc-plugin-markdown';

/**
 * A module's members get their anchors in two passes: with their class' name before their own, then without it, as their headings are. The second
 * pass is what holds, but the names of the first stay taken: `Dense.options` is `denseoptions`, and the interface `DenseOptions` would have to be
 * `denseoptions-1`. So here the first pass names what has a heading by itself, and nothing within it.
 */
class HeadingRouter extends ModuleRouter {
  buildAnchors(target, pageTarget) {
    const isPage = pageTarget.kindOf([ReflectionKind.Project, ReflectionKind.Module, ReflectionKind.Namespace]);
    if (!isPage || target.parent === pageTarget) super.buildAnchors(target, pageTarget);
  }
}

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.renderer.defineRouter('heading', HeadingRouter);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) module.name = module.name.replace(/\/src(?=\/|$)/, '');
    // The underscore of a parameter that only overrides use is the compiler's concern, and docstrings call it by its name.
    for (const parameter of project.getReflectionsByKind(ReflectionKind.Parameter)) parameter.name = parameter.name.replace(/^_(?=\w)/, '');
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
