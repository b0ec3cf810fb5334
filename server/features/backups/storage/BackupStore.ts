/** Where backups are kept, by keys of our own making: letters, digits, dots, hyphens and slashes. */
export interface BackupStore {
  /** Answers how many bytes it took. Either all of it is there afterwards, or nothing that counts. */
  write(key: string, content: AsyncIterable<Buffer>, given?: WriteOptions): Promise<number>;
  /** Null when there is none. */
  read(key: string): Promise<AsyncIterable<Buffer> | null>;
  /** Takes it away, and what writing it left that was broken off. What is not there is taken as removed. */
  remove(key: string): Promise<void>;
}

export interface WriteOptions {
  /** About how many bytes will come, rather too many than too few. */
  readonly expected?: number;
}
