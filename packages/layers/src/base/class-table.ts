import { ConfigError, type Json, type Option, options as optionKinds } from '@jogak/ops';
import type { Configurable, ConfigurableClass, Serialized } from './configurable.js';
import { hasOwnMethods } from './own-methods.js';

/** Whether a value is a class name with a config. */
export function isSerialized(value: unknown): value is Serialized {
  return typeof value === 'object' && value !== null && 'className' in value && 'config' in value;
}

/** Classes of one kind by the names that options and files use; open to users' own. */
export class ClassTable<Instance extends Configurable> {
  private readonly classes = new Map<string, ConfigurableClass<Instance>>();
  private readonly ours: ReadonlySet<unknown>;

  /**
   * @param kind what the table holds, as errors name it: `initializer`
   * @param base what an instance is an instance of
   */
  constructor(
    private readonly kind: string,
    private readonly base: abstract new (options: never) => Instance,
    classes: readonly ConfigurableClass<Instance>[],
    private readonly aliases: Readonly<Record<string, Serialized>> = {},
  ) {
    for (const type of classes) this.register(type);
    this.ours = new Set(classes);
  }

  /** Whether an object is of a class that the table was made with, not of a user's own, and has that class' methods. */
  isBuiltIn(instance: Instance): boolean {
    return this.ours.has(instance.constructor) && !hasOwnMethods(instance);
  }

  /** Makes a class known by its `className`; a later one of the same name replaces an earlier one. */
  register(type: ConfigurableClass<Instance>): void {
    this.classes.set(key(type.className), type);
  }

  /** The names that {@link get} knows, in camelCase. */
  names(): string[] {
    const own = [...this.classes.values()].map(type => lowerFirst(type.className));
    return [...own, ...Object.keys(this.aliases)];
  }

  /**
   * The object that an identifier stands for: itself, a new one of the class of that name (`glorotUniform`, `GlorotUniform` and
   * `glorot_uniform` are one), or a new one with a serialized config.
   *
   * @throws {ConfigError} when no class has the name
   */
  get(identifier: Instance | string | Serialized): Instance {
    if (identifier instanceof this.base) return identifier;
    const alias =
      typeof identifier === 'string' ? Object.entries(this.aliases).find(([name]) => key(name) === key(identifier))?.[1] : undefined;
    const { className, config } =
      alias ?? (typeof identifier === 'string' ? { className: identifier, config: {} } : (identifier as Serialized));
    const type = this.classes.get(key(className));
    if (!type) throw new ConfigError(`there is no ${this.kind} "${className}"${optionKinds.suggestion(className, this.names())}`);
    return new type(config as never);
  }

  /** An option whose values are objects of this table, or what stands for them. */
  option(defaultName: string): Option<Instance> {
    const table = this;
    return {
      required: false,
      // Made when it is asked for, so that every layer has an object of its own.
      get default() {
        return table.get(defaultName);
      },
      parse: value => this.parse(value),
      serialize: value => value.serialize() as unknown as Json,
    };
  }

  /** As {@link option}, or null, which is the default. */
  nullableOption(): Option<Instance | null> {
    return {
      required: false,
      default: null,
      parse: value => (value === null ? null : this.parse(value)),
      serialize: value => (value === null ? null : (value.serialize() as unknown as Json)),
    };
  }

  private parse(value: unknown): Instance {
    if (value instanceof this.base || typeof value === 'string' || isSerialized(value)) return this.get(value);
    throw new optionKinds.Expected(`an ${this.kind}, or the name of one`.replace(/^an (?=[^aeiou])/, 'a '));
  }
}

/** `GlorotUniform` → `glorotUniform`, `AUC` → `auc`, `KLDivergence` → `klDivergence`. */
function lowerFirst(className: string): string {
  return className.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]/, start => start.toLowerCase());
}

/** Spelling does not tell names apart: `GlorotUniform`, `glorotUniform`, `glorot_uniform`. */
function key(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
