-- A row also ends when what is in force for its day is stated anew: a threshold, a weight.
alter table evidence drop constraint evidence_end_cause_check;
alter table evidence add constraint evidence_end_cause_check check (end_cause in ('corrected', 'withdrawn', 'redefined'));
