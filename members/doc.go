// Package members knows who people are: cooperatives, persons and the roles
// they hold, sign-in and sessions, clients, and each member's profile.
//
// It promises that one person has one sign-in, that a session ends everywhere
// in one statement, that asking to sign in looks the same for known and unknown
// addresses, and that no role reaches beyond its cooperative. Places and skills
// are reference data: the program's files are their truth, the tables a copy.
//
// A sign-in is asked → sent → used; it expires ten minutes after it was asked
// and dies at the fifth wrong code.
//
// The member holds the keys: nobody reads more of them than a grant says, until
// its last day or until the member ends it, and every read is in a log that the
// member can see. A grant is active → expired | revoked.
//
// A profile is fourteen questions, each answered, skipped, or not seen yet. What
// matching may read of it is plain and deleted with the member; a phone number,
// a birth date and what people write themselves is sealed with a key per person,
// which a key outside the database seals. Without its row nothing opens again.
//
// What somebody did that others may ask about later is written down, in the
// same transaction, in a log that only grows; each deed is hashed together with
// the one before it (AuditTx, VerifyAudit).
//
// The schema "members" is written here and nowhere else.
package members
