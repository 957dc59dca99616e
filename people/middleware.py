def require_second_factor(get_response):
    return get_response
