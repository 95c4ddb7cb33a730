-- Text as it is searched; the same rule, sign by sign, stands in kit/fold.ts.
create function fold_text(wanted text) returns text language sql immutable strict parallel safe as $$
  select replace(replace(replace(translate(regexp_replace(lower(normalize(wanted, NFKD) collate "pg_c_utf8"),
    '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]', '', 'g'),
    'ٱىةکیہھےە٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ςøłđıħð', 'ايهكيههيه01234567890123456789σoldihd'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')
$$;

-- A code as it is compared (codeKey in kit/barcode.ts): GTINs of every length are one number of 14 digits.
create function code_key(wanted text) returns text language sql immutable strict parallel safe as $$
  select case when c.code ~ '^([0-9]{8}|[0-9]{12,14})$' and (
      select sum(substr(lpad(c.code, 14, '0'), at, 1)::int * case at % 2 when 1 then 3 else 1 end) % 10 from generate_series(1, 14) at) = 0
    then lpad(c.code, 14, '0') else c.code end
  from (select lower(translate(btrim(normalize(wanted, NFKC)), '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789') collate "pg_c_utf8") as code) c
$$;
