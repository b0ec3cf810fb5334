-- The audit log is added to only. Retention removes its oldest entries up to a checkpoint; all of it goes with its
-- organisation. Who can switch these triggers off is found by the chain of hashes and the seals of its two ends.
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log is added to only.' USING ERRCODE = 'restrict_violation';
END
$$;--> statement-breakpoint
CREATE FUNCTION audit_entry_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM audit_heads
    WHERE organisation_id = NEW.organisation_id AND sequence = NEW.sequence - 1 AND hash = NEW.previous_hash;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'An entry of the audit log follows the one before it.' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;--> statement-breakpoint
CREATE FUNCTION audit_entry_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM audit_checkpoints WHERE organisation_id = OLD.organisation_id AND sequence >= OLD.sequence)
    OR NOT EXISTS (SELECT FROM organisations WHERE id = OLD.organisation_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'The audit log is added to only.' USING ERRCODE = 'restrict_violation';
END
$$;--> statement-breakpoint
CREATE FUNCTION audit_goes_with_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM organisations WHERE id = OLD.organisation_id) THEN
    RAISE EXCEPTION 'The audit log is added to only.' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END
$$;--> statement-breakpoint
CREATE FUNCTION audit_head_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.organisation_id = OLD.organisation_id AND NEW.sequence = OLD.sequence AND NEW.hash = OLD.hash THEN
    RETURN NEW;
  END IF;
  PERFORM FROM audit_entries
    WHERE organisation_id = OLD.organisation_id AND sequence = OLD.sequence + 1 AND hash = NEW.hash;
  IF NOT FOUND OR NEW.organisation_id <> OLD.organisation_id OR NEW.sequence <> OLD.sequence + 1 THEN
    RAISE EXCEPTION 'The end of an audit log moves on by one entry.' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;--> statement-breakpoint
CREATE FUNCTION audit_checkpoint_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM FROM audit_entries
      WHERE organisation_id = NEW.organisation_id AND sequence = NEW.sequence AND hash = NEW.hash;
    IF FOUND THEN RETURN NEW; END IF;
  -- Only its seal is made anew, when the installation's key is another.
  ELSIF (NEW.organisation_id, NEW.sequence, NEW.hash, NEW.at, NEW.kept_days, NEW.created_at)
    = (OLD.organisation_id, OLD.sequence, OLD.hash, OLD.at, OLD.kept_days, OLD.created_at) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'A checkpoint of the audit log is an entry of it, and stays.' USING ERRCODE = 'restrict_violation';
END
$$;--> statement-breakpoint
CREATE TRIGGER audit_entries_insert BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entry_follows();--> statement-breakpoint
CREATE TRIGGER audit_entries_update BEFORE UPDATE ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_refuse();--> statement-breakpoint
CREATE TRIGGER audit_entries_delete BEFORE DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entry_goes();--> statement-breakpoint
CREATE TRIGGER audit_entries_truncate BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();--> statement-breakpoint
CREATE TRIGGER audit_heads_update BEFORE UPDATE ON audit_heads FOR EACH ROW EXECUTE FUNCTION audit_head_moves();--> statement-breakpoint
CREATE TRIGGER audit_heads_delete BEFORE DELETE ON audit_heads FOR EACH ROW EXECUTE FUNCTION audit_goes_with_organisation();--> statement-breakpoint
CREATE TRIGGER audit_heads_truncate BEFORE TRUNCATE ON audit_heads FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();--> statement-breakpoint
CREATE TRIGGER audit_checkpoints_write BEFORE INSERT OR UPDATE ON audit_checkpoints FOR EACH ROW EXECUTE FUNCTION audit_checkpoint_stands();--> statement-breakpoint
CREATE TRIGGER audit_checkpoints_delete BEFORE DELETE ON audit_checkpoints FOR EACH ROW EXECUTE FUNCTION audit_goes_with_organisation();--> statement-breakpoint
CREATE TRIGGER audit_checkpoints_truncate BEFORE TRUNCATE ON audit_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
