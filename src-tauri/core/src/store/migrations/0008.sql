-- Which unit was told, whatever it is called since; and when a state was said, whenever it came.
ALTER TABLE notice ADD COLUMN told_unit BLOB;
ALTER TABLE submission ADD COLUMN said_at INTEGER;
