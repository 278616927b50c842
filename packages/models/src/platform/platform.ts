/** What a machine offers beyond computing; every platform has a module that says it. */
export interface Platform {
  /** Columns of the terminal that this program writes to; 80 where there is none. */
  terminalColumns(): number;
}
