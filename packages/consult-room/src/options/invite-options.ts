export interface InviteOptions {
  readonly identity: string;
  /** Shown to the others in the room. Default: the identity. */
  readonly name?: string | undefined;
  /** How long the token can be used for joining. Whole seconds. Default 600 000. */
  readonly ttlMs?: number | undefined;
  /** A guest who only listens has false. Default true. */
  readonly canPublish?: boolean | undefined;
  /** Invisible to the others, such as a silent supervisor. Default false. */
  readonly hidden?: boolean | undefined;
}

export const inviteDefaults: Readonly<{ ttlMs: number; canPublish: boolean; hidden: boolean }> = Object.freeze({
  ttlMs: 600_000,
  canPublish: true,
  hidden: false,
});
