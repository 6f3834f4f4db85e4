-- The corrected item of a profile as it was and as it is: ciphertext, since an ID number may stand
-- there (G14.2). Nothing was ever written into these columns.
alter table appeal
  alter column before type text using null,
  alter column after type text using null,
  add constraint appeal_images check ((before is null) = (after is null)
    and (before is null or (kind = 'PROFILE' and outcome = 'MODIFY')));
