DO $$
DECLARE again text;
BEGIN
    FOR again IN SELECT d.again FROM dress d LOOP
        EXECUTE again;
    END LOOP;
END $$;
