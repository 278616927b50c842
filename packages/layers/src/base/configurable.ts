import { type Json, type OptionTable, options as optionKinds } from '@jogak/ops';

/** A class name and its config: how an object stands in a file. */
export interface Serialized {
  readonly className: string;
  readonly config: { readonly [key: string]: Json };
}

/**
 * What an option becomes once it is checked: where a name or a serialized object may stand for an object, the object; where one
 * number may stand for a tuple, the tuple.
 */
export type Resolved<Value> = string extends Value
  ? [Exclude<Value, string>] extends [never]
    ? string
    : Exclude<Value, string | Serialized>
  : number extends Value
    ? [Extract<Value, readonly unknown[]>] extends [never]
      ? Value
      : Extract<Value, readonly unknown[] | null>
    : Value;

/** Options after checking: every key there, every value {@link Resolved}. */
export type ConfigOf<Options> = { readonly [Key in keyof Options]-?: Resolved<Exclude<Options[Key], undefined>> };

/** The table of a class whose users pass `Options`. */
export type TableOf<Options> = OptionTable<ConfigOf<Options>>;

/** A class that is made from an options object and known to files by name. */
export interface ConfigurableClass<Instance> {
  readonly className: string;
  new (config: never): Instance;
}

/** Base of what is made from an options object and written into configs: initializers, regularizers, constraints. */
export abstract class Configurable<Options extends object = object> {
  static readonly className: string = '';
  static readonly options: OptionTable<object> = {};
  readonly config: ConfigOf<Options>;

  constructor(given: Options) {
    this.config = optionKinds.parseOptions(this.table, given, this.getClassName());
  }

  private get table(): TableOf<Options> {
    return (this.constructor as typeof Configurable).options as TableOf<Options>;
  }

  /** The name by which files know the class. */
  getClassName(): string {
    return (this.constructor as typeof Configurable).className;
  }

  /** The options, complete, as JSON: `new Class(config)` makes an equal object. */
  getConfig(): Record<string, Json> {
    return optionKinds.serializeOptions(this.table, this.config);
  }

  /** Class name and config together. */
  serialize(): Serialized {
    return { className: this.getClassName(), config: this.getConfig() };
  }
}
