/** Who is asked to record what about whom, in which window of days. */
export type Assignment = {
  readonly id: string;
  readonly activityId: string;
  /** The account that is asked. */
  readonly actorId: string;
  /** What the person is in the activity: 'monitor', 'observer', 'juror'. */
  readonly role: string;
  readonly subjectId: string;
  readonly formId: string;
  /** First and last day, 'YYYY-MM-DD'. */
  readonly from: string;
  readonly to: string;
  readonly conflict: ConflictOfInterest | null;
  /** A conflict of interest was stated and nobody has let it pass: the person is not to do it. */
  readonly blocked: boolean;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly cancelledAt: Date | null;
};

/** Why a person should perhaps not do this, who said so, and who let it pass in spite of it, with their reason. */
export type ConflictOfInterest = {
  readonly reason: string;
  readonly statedBy: string;
  readonly statedAt: string;
  readonly allowedBy?: string;
  readonly allowedAt?: string;
  readonly allowedReason?: string;
};
