// Package mail sends one message to one person: over SMTP, or into a mailbox
// in the database that the page /dev/mailbox shows.
//
// Both promise that a message which cannot be sent safely is refused whole, and
// that errors hold neither address nor content. A message has a key. The mailbox
// stores one message a key; SMTP knows no such thing, so a message that was sent
// twice carries the same Message-ID, by which many receivers drop the second.
//
// The schema "mail" is written here and nowhere else. Its rows are personal
// data: only a development or demonstration house has a mailbox.
package mail
