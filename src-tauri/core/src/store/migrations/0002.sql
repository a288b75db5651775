-- Other names of a unit, and the name a person is sorted by when it is not the written one.
ALTER TABLE unit ADD COLUMN aliases TEXT;
ALTER TABLE person ADD COLUMN sort_name TEXT;
