-- How long a run was at work: it may stop and go on, so its start and end do not say.
alter table run add column seconds double;
