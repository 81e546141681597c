"""The address of the feed; the pages themselves stand in the page tree."""

from django.urls import path

from cms.news.feeds import NewsFeed

app_name = "cms_news"

urlpatterns = [path("atom.xml", NewsFeed(), name="follow-news")]
