-- Who is asked to record what about whom, in which window.
create table assignment (
  space_id uuid not null,
  id uuid not null,
  activity_id uuid not null,
  actor_id uuid not null,
  role text not null,
  subject_id uuid not null,
  form_id uuid not null,
  window_from date not null,
  window_to date not null check (window_to >= window_from),
  -- Reasons for a conflict of interest that somebody stated, and who let it pass: {reason, statedBy, allowedBy}
  conflict jsonb,
  created_at timestamptz not null default now(),
  created_by uuid,
  cancelled_at timestamptz,
  cancelled_by uuid,
  primary key (space_id, id)
);
create index assignment_activity on assignment (space_id, activity_id);
create index assignment_actor on assignment (space_id, actor_id, window_to);
