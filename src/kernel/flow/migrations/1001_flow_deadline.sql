-- The day by which the next step is due, as it was set then: a later change of the flow's table does not move an old promise,
-- and flow_now is rebuilt from the events alone.
alter table flow_event add column deadline date;
create index flow_now_deadline on flow_now (space_id, flow, deadline) where deadline is not null;
