-- A district says 各镇（街道） where the product says 各单位.
alter table bulletin_form add column called text;
