/** The people whom the embedded provider knows. */
export interface People {
  find(id: string): Promise<{ id: string; name: string } | null>;
  /** Those worth showing on the login page, with who they are: `辅导员 counsellor`. */
  list(): Promise<DemoPerson[]>;
}

export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly note: string;
}
