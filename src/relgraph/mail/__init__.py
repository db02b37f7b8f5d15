"""Contacts from mail and calendars: of each message or meeting, who with whom and when alone.

Subjects, bodies, places and attachments are passed over where they are read.
"""
