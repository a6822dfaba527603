/** A guest of a consult room, who joins by a token. */
export interface InviteOptions {
  readonly identity: string;
  /** The name that other participants see. Default: the identity. */
  readonly name?: string | undefined;
  /** How long the token can be used for joining, in milliseconds; whole seconds. Default 600 000. */
  readonly ttlMs?: number | undefined;
  /** Whether the guest may publish; false for a guest who only listens. Default true. */
  readonly canPublish?: boolean | undefined;
  /** Whether the guest is invisible to other participants, such as a silent supervisor. Default false. */
  readonly hidden?: boolean | undefined;
}
