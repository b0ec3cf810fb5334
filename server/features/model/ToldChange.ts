/** A difference between two states of an app, for people. */
export interface ToldChange {
  /** Name of the resource or value object that it is about; null for the app itself and for its files. */
  readonly about: string | null;
  /** Whether it says who may do or see what. */
  readonly isAccess: boolean;
  /** Without its full stop. */
  readonly sentence: string;
}
