"""Tests of the glossary and its hints."""
